from publicc.dashboards import keeping


def test_a_screen_is_kept_under_all_that_it_depends_on() -> None:
    told = ("theatre", "snapshot", "season", "2019")
    keys = {keeping.kept_under(*told)}
    keys |= {
        keeping.kept_under(*(("other" if place == at else one) for place, one in enumerate(told))) for at in range(4)
    }
    assert len(keys) == 5


def test_the_same_screen_is_found_again() -> None:
    assert keeping.kept_under("theatre", 1) == keeping.kept_under("theatre", 1)
