"""Which request's columns the page shows, and which are to stop."""

from playground.ui.cancellation import Cancellations


def test_a_column_or_all_of_a_visitor_are_stopped() -> None:
    asked = Cancellations()
    with asked.writing("me", ["0.0", "0.1", "1.0"]) as mine, asked.writing("you", ["0.0"]) as yours:
        asked.ask("me", 0)
        assert [mine.stopped(one) for one in ("0.0", "0.1", "1.0")] == [True, True, False]
        asked.ask("me")
        assert mine.stopped("1.0")
        assert not yours.stopped("0.0")
        assert not mine.superseded


def test_a_newer_whole_takes_the_place_of_all() -> None:
    asked = Cancellations()
    with asked.writing("me", ["0.0", "1.0"]) as first, asked.writing("me", ["0.0"], follow_up="Shorter.") as second:
        assert (first.superseded, second.superseded) == (True, False)
        assert first.stopped("0.0")
        assert first.stopped("1.0")
        assert asked.whole("me") is second
        assert second.follow_up == "Shorter."
        second.over = True
        assert asked.whole("me") is None


def test_a_column_alone_takes_the_place_of_that_column_alone() -> None:
    asked = Cancellations()
    with asked.writing("me", ["0.0"], whole=False) as first, asked.writing("me", ["1.0", "1.1"], whole=False) as second:
        assert not first.superseded
        with asked.writing("me", ["0.0", "0.1"], whole=False):
            assert (first.superseded, second.superseded) == (True, False)
        assert asked.whole("me") is None


def test_what_is_opened_takes_the_place_of_what_is_written() -> None:
    asked = Cancellations()
    with asked.writing("me", ["0.0"]) as mine, asked.writing("you", ["0.0"]) as yours:
        asked.supersede("me", {"widget": "value"})
        assert mine.superseded
        assert mine.instead == {"widget": "value"}
        assert mine.stopped("0.0")
        assert not yours.superseded


def test_nothing_is_kept_of_who_has_gone() -> None:
    asked = Cancellations()
    with asked.writing("me", ["0.0"]):
        pass
    asked.ask("me")
    asked.supersede("me", {})
    assert asked.whole("me") is None
    with asked.writing("me", ["0.0"]) as again:
        assert not again.stopped("0.0")
