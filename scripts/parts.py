"""The list of parts (an SBOM in CycloneDX): everything that is shipped or installed beside it, from the lock files.

Python packages are those that this machine's kind installs; what only builds or tests is left out. Of npm it lists
what the pages may be built from, also where the build then leaves it out.
"""

import base64
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app import __version__
from scripts.environment import LOCKS
from scripts.node import FRONTEND

COPIED = (("Young Serif", "OFL-1.1"), ("Lucide", "ISC"), ("zxcvbn", "MIT"))
"""Parts of these lie among our own files, so no lock file knows them: see docs/licences.md."""


@dataclass(frozen=True, order=True)
class Part:
    """One package, as its lock file names it."""

    kind: str
    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]
    needs: tuple[str, ...] = ()


def sbom(made_at: datetime) -> str:
    """The list as CycloneDX JSON; the same parts give the same bytes."""
    parts = sorted([*python_parts(), *npm_parts()])
    components = {part: _component(part.kind, part.name, part.version, part.licence, part.hashes) for part in parts}
    pythons = {part.name: component for part, component in components.items() if part.kind == "pypi"}
    pages = [component for part, component in components.items() if part.kind == "npm"]
    copied = [_copied(*one) for one in COPIED]
    house = _component("pypi", "bigroom", __version__, "MIT", ())
    bom = Bom(components=[*components.values(), *copied])
    bom.metadata.component, bom.metadata.timestamp = house, made_at.astimezone(UTC)
    bom.register_dependency(house, [*(pythons[name] for name in _needed_by("bigroom")), *pages, *copied])
    for part in parts:
        bom.register_dependency(components[part], [pythons[name] for name in part.needs])
    listed = "\n".join(f"{part.kind} {part.name} {part.version}" for part in parts)
    bom.serial_number = uuid5(NAMESPACE_URL, f"bigroom {__version__} {made_at.isoformat()}\n{listed}")
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def python_parts() -> Iterator[Part]:
    """What `bigroom` needs, and what that needs, with versions as locked.

    A version has a file for each kind of machine: their hashes are in the lock file, which is released beside the list.
    """
    locked = _locked()
    for name in sorted(_reached_from("bigroom")):
        yield Part("pypi", name, locked[name], _licence(name), (), tuple(_needed_by(name)))


def npm_parts() -> Iterator[Part]:
    """What the pages are built from, and what that needs; not the tools of the work."""
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if path and not package.get("dev") and not package.get("devOptional"):
            name = path.rpartition("node_modules/")[2]
            algorithm, _, digest = package["integrity"].partition("-")
            hashed = f"{algorithm}:{base64.b64decode(digest).hex()}"
            yield Part("npm", name, package["version"], package["license"], (hashed,))


def _reached_from(name: str) -> set[str]:
    reached, waiting = set[str](), _needed_by(name)
    while waiting:
        found = waiting.pop()
        if found not in reached:
            reached.add(found)
            waiting += _needed_by(found)
    return reached


def _needed_by(name: str) -> list[str]:
    """What this package asks for on this machine, with the extras that Bigroom takes of it."""
    extras = ("", *(extra for need in _needs("bigroom") if need.name == name for extra in need.extras))
    wanted = {
        canonicalize_name(need.name)
        for need in _needs(name)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)
    }
    return sorted(wanted)


def _needs(name: str) -> list[Requirement]:
    return [Requirement(line) for line in metadata.requires(name) or ()]


def _locked() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", LOCKS["run"].read_text(encoding="utf-8"), flags=re.MULTILINE))


def _licence(name: str) -> str:
    """As the package says it: an expression, a short name, or its classifiers."""
    told = metadata.metadata(name).json
    classified = [line.rpartition(" :: ")[2] for line in told.get("classifier", ()) if line.startswith("License ::")]
    expression, named = (str(told.get(field, "")) for field in ("license_expression", "license"))
    return expression or (named or " OR ".join(classified)).removesuffix(" License")


def _component(kind: str, name: str, version: str, licence: str, hashes: tuple[str, ...]) -> Component:
    group, _, plain = name.rpartition("/")
    purl = PackageURL(kind, group or None, plain, version)
    return Component(
        name=plain,
        group=group or None,
        version=version,
        type=ComponentType.APPLICATION if name == "bigroom" else ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(licence)],
        hashes=[HashTypeFactory().from_composite_str(one) for one in hashes],
    )


def _copied(name: str, licence: str) -> Component:
    licences = [LicenseFactory().make_from_string(licence)]
    return Component(name=name, type=ComponentType.FILE, bom_ref=name, licenses=licences)


if __name__ == "__main__":
    print(sbom(datetime.fromisoformat(sys.argv[1])), end="")
