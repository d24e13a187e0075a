"""Work done ahead, in the background: the screens that members open first."""

import logging

from django_tasks import task

from publicc.collective.models import Organization
from publicc.dashboards.showing import prepare
from publicc.kernel.scope import OwnRows
from publicc.store.snapshots import NoSnapshot

log = logging.getLogger("publicc.dashboards")


@task()
def prepare_screens() -> None:
    """Compute every organization's first screens of the current snapshot; one without data is passed over."""
    for slug in Organization.objects.order_by("slug").values_list("slug", flat=True):
        try:
            prepare(OwnRows(slug))
        except NoSnapshot:
            log.info("no data yet for an organization: its screens wait")
