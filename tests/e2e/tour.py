"""All screens of a room one after the other: what holds on every screen is looked at on each of them."""

from collections.abc import AsyncIterator

from playwright.async_api import expect

from tests.e2e.doors import Doors
from tests.e2e.screen import Screen
from tests.e2e.words import begins_like, t
from tests.support.browser import Person
from tests.support.company import COACH

WALLS = ("themes", "roadmap", "board", "aim/global", "aim/specific", "process_map", "ideas")
RECORD = ("actions", "decisions", "parked", "record")
"""What meetings leave behind."""
Tour = AsyncIterator[str]
"""Names of the screens, each while it is shown."""


async def places(screen: Screen, step_id: str) -> Tour:
    """Every place of the room, and on a small screen its tabs."""
    is_wide = await screen.members.panel.is_visible()
    tabs = () if is_wide else ("now", "people")
    for place in (*WALLS, f"step/{step_id}", *RECORD, *tabs):
        before = await screen.heading.inner_text()
        await screen.go(place)
        # A view comes when it is asked for; until then the one before stands there.
        await expect(screen.heading).not_to_have_text(before)
        await expect(screen.heading).not_to_have_text(t("rooms.no_such_place"))
        yield place


async def a_card(screen: Screen) -> Tour:
    """The first card with everything about it, and the board as a list."""
    await screen.go("board")
    handles = screen.page.get_by_role("button", name=begins_like("board.open_card"))
    await handles.first.click()
    await screen.dialog.get_by_role("button", name=t("board.add_evidence"), exact=True).click()
    await screen.dialog.get_by_role("button", name=t("board.add_evidence"), exact=True).click()
    await screen.dialog.get_by_role("button", name=t("board.take_out"), exact=True).click()
    yield "a card"
    await screen.close_dialog()
    await screen.button(t("board.as_a_list")).click()
    yield "the board as a list"
    await screen.button(t("board.as_a_list")).click()


async def writing(screen: Screen) -> Tour:
    """A card that is too long, in the field."""
    await screen.go("board")
    opener = screen.page.get_by_role("button", name=begins_like("board.add_a_card")).first
    await opener.click()
    await screen.page.keyboard.insert_text("too long " * 40)
    yield "a card being written"
    await screen.page.keyboard.press("ControlOrMeta+a")
    await screen.page.keyboard.press("Delete")
    await screen.page.keyboard.press("Escape")


async def dialogs_of_a_coach(screen: Screen, somebody: str) -> Tour:
    """Everything that opens above the room."""
    await screen.go("people")
    await screen.button(t("rooms.more")).click()
    await expect(screen.button(t("rooms.way_back"))).to_be_visible()
    yield "the menu"
    await screen.page.keyboard.press("Escape")
    await screen.choose(t("rooms.not_me", name=COACH["name"]))
    await expect(screen.dialog).to_be_visible()
    yield "the dialog not_me"
    await screen.close_dialog()
    for item in ("looks", "help", "me_title", "way_back", "rename_room", "leave"):
        await screen.choose(t(f"rooms.{item}"))
        await expect(screen.dialog).to_be_visible()
        yield f"the dialog {item}"
        await screen.close_dialog()
    await screen.members.open(somebody)
    await screen.button(t("rooms.remove_person", name=somebody)).click()
    yield "a person"
    await screen.close_dialog()
    await screen.button(t("rooms.add_person")).click()
    await expect(screen.dialog).to_be_visible()
    yield "a person without a device"
    await screen.close_dialog()
    await screen.button(t("rooms.door_is_open")).click()
    await expect(screen.dialog).to_be_visible()
    yield "the door"
    await screen.close_dialog()
    await screen.invite()
    await expect(screen.dialog.get_by_text(t("rooms.code_says"), exact=True)).to_be_visible()
    await screen.button(t("rooms.make_link")).click()
    await expect(screen.dialog.get_by_text(t("rooms.link_many"), exact=True)).to_be_visible()
    yield "the invitation"
    await screen.close_dialog()


async def pages(person: Person, url: str, token: str, query: str = "") -> Tour:
    """What somebody sees who is in no room; the token opens one."""
    for path, heading in (
        ("/", "people.one_good_hour"),
        ("/signin", "people.sign_in"),
        ("/setup", "people.setup"),
        ("/join", "people.join_with_code"),
        ("/back", "people.been_here"),
        ("/nothing-here", "people.no_such_page"),
    ):
        await person.page.goto(f"{url}{path}{query}")
        await Doors(person, url).shows(heading)
        yield path
    await person.page.goto(f"{url}/check{query}")
    await expect(Doors(person, url).button("people.check_again")).to_be_visible()
    yield "will this computer do"
    await person.page.goto(f"{url}/practise{query}")
    await expect(person.page.get_by_role("heading", level=2, name=t("practise.write"), exact=True)).to_be_visible()
    await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    yield "practising"
    await person.page.goto(f"{url}/join{query}#token={token}")
    await Doors(person, url).shows("people.invited")
    await expect(person.page.get_by_role("radio").first).to_be_attached()
    yield "joining"
    await person.page.goto(f"{url}/join{query}#code=8QW2M4CX")
    await Doors(person, url).shows("people.invited")
    await expect(person.page.get_by_role("radio").first).to_be_attached()
    yield "joining by a code"
    person.expect_errors("403|422")
    await Doors(person, url).set_up("not-the-right-one", "Dina", "dina@example.org", "short", query)
    await expect(person.page.get_by_role("note").first).to_be_visible()
    yield "setting up, refused"


async def home(person: Person, url: str, query: str = "") -> Tour:
    """What a coach sees who has just signed in."""
    doors = Doors(person, url)
    await doors.sign_in(COACH["email"], COACH["password"], query)
    await doors.shows("people.my_rooms")
    await expect(person.page.get_by_role("listitem").first).to_be_visible()
    yield "my rooms"
    await doors.button("people.new_room").click()
    await expect(doors.field("people.microsystems")).to_be_visible()
    yield "a new room"


async def together(*tours: Tour) -> Tour:
    for tour in tours:
        async for name in tour:
            yield name
