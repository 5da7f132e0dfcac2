"""Who is here, as several processes tell each other."""

from app.rooms.presence import Here, Spot, Word

BOARD, THEMES = Spot("board"), Spot("themes")


def test_a_person_at_two_processes_is_gone_after_the_last_connection() -> None:
    here = Here()
    here.came("maya")
    here.told("other", {"maya": Word(BOARD, 5)}, 1.0, whole=False)
    here.went("maya")
    assert here.is_here("maya")
    here.told("other", {"maya": None}, 2.0, whole=False)
    assert not here.is_here("maya")


def test_of_several_processes_the_later_word_counts() -> None:
    here = Here()
    here.came("maya")
    here.said("maya", BOARD, 10)
    here.told("other", {"maya": Word(THEMES, 9)}, 1.0, whole=False)
    assert here.spots["maya"] == BOARD
    here.told("other", {"maya": Word(THEMES, 11)}, 1.0, whole=False)
    assert here.spots["maya"] == THEMES
    here.told("other", {}, 1.0, whole=True)
    assert here.spots["maya"] == BOARD


def test_who_has_said_nothing_yet_takes_nobodys_place_away() -> None:
    here = Here()
    here.told("other", {"maya": Word(BOARD, 5)}, 1.0, whole=True)
    here.came("maya")
    assert here.spots["maya"] == BOARD


def test_a_process_that_fell_silent_takes_its_people_along() -> None:
    here = Here()
    here.came("ralph")
    here.told("dead", {"maya": Word()}, 1.0, whole=True)
    here.told("alive", {"tom": Word()}, 5.0, whole=True)
    here.changed.clear()
    here.forget_processes(before=4.0)
    assert (set(here.spots), here.changed) == ({"ralph", "tom"}, {"maya"})


def test_what_a_process_tells_anew_changes_nothing_for_those_who_watch() -> None:
    here = Here()
    here.told("other", {"maya": Word(BOARD, 5)}, 1.0, whole=True)
    here.changed.clear()
    here.told("other", {"maya": Word(BOARD, 5)}, 2.0, whole=True)
    assert here.changed == set()
