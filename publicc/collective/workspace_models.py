"""Projects of the collective: who takes part, each version of each part, files, reference documents, approvals."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from publicc.collective.workspace.words import Integration, Part


class Project(models.Model):
    """Something that organizations do together under the hub's roof."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["closed_at", "name"]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """One organization in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey("collective.Organization", on_delete=models.CASCADE, related_name="participations")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "organization"], name="an_organization_takes_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.organization}"


class PartVersion(models.Model):
    """One version of one part, as somebody wrote it. Versions are added, never changed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="versions")
    part = models.CharField(max_length=12, choices=[(one.value, one.label.fr) for one in Part])
    number = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    of = models.CharField(max_length=200)
    """The organization in whose name it was written; the hub's when it is the hub."""
    at = models.DateTimeField()
    restores = models.PositiveIntegerField(null=True)
    """The version whose words it takes up again."""

    class Meta:
        ordering: ClassVar[list[str]] = ["part", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "part", "number"], name="versions_follow_one_another"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.part} {self.number}"


class ProjectFile(models.Model):
    """A file that those who take part share."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    of = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "at"]

    def __str__(self) -> str:
        return f"{self.project} · {self.name}"


class ReferenceDocument(models.Model):
    """What the parts said on a day, as a document that organizations approve."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the name of the project, the version and the words of each part: the same in both languages."""
    pdf_fr = models.BinaryField()
    pdf_en = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "version"], name="one_document_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · v{self.version}"


class DocumentApproval(models.Model):
    """One organization that approves one version. Kept when it leaves."""

    document = models.ForeignKey(ReferenceDocument, on_delete=models.CASCADE, related_name="approvals")
    organization = models.ForeignKey(
        "collective.Organization", null=True, on_delete=models.SET_NULL, related_name="document_approvals"
    )
    organization_name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    """Of the words approved."""

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "organization"], name="an_organization_approves_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.organization_name}"


class Accompaniment(models.Model):
    """What the hub's analyst keeps of the way with one organization."""

    organization = models.OneToOneField(
        "collective.Organization", on_delete=models.CASCADE, related_name="accompaniment"
    )
    need = models.TextField(blank=True, max_length=2000)
    """Its business need, reworded with it."""
    issues = models.TextField(blank=True, max_length=2000)
    """The issues targeted."""
    integration = models.CharField(
        max_length=12, default=Integration.UNKNOWN.value, choices=[(one.value, one.label.fr) for one in Integration]
    )
    next_step = models.CharField(blank=True, max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organization} · {self.integration}"
