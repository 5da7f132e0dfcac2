"""Where a request comes from, behind however many proxies the operator trusts."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(listed: str) -> Networks:
    """`10.0.0.0/8, 192.168.1.7` as networks."""
    return tuple(ip_network(one.strip(), strict=False) for one in listed.split(",") if one.strip())


def address_of(connection: HTTPConnection, trusted: Networks) -> str:
    """The first address, seen from us, that is no trusted proxy. What it says of itself is not believed."""
    near = connection.client.host if connection.client else ""
    said = connection.headers.getlist("x-forwarded-for")
    hops = [hop.strip() for line in said for hop in line.split(",")]
    while hops and _is_in(near, trusted):
        near = hops.pop()
    return _household(near)


def _is_in(address: str, trusted: Networks) -> bool:
    try:
        return any(ip_address(address) in network for network in trusted)
    except ValueError:
        return False


def _household(address: str) -> str:
    """One IPv6 customer has 2^64 addresses; all of them count as one."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    if isinstance(known, IPv6Address):
        return str(IPv6Network((known, 64), strict=False))
    return str(known)
