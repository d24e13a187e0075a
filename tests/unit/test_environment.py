from django.conf import settings


def test_tests_never_touch_a_real_home() -> None:
    assert "publicc-test-home-" in str(settings.HOME)
