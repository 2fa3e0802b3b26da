from django.db import models

from alongside.partnerships.models.said import Said


class AgendaPaper(Said):
    """A paper to a point of an agenda, checked and kept as it is. It belongs to the minutes and is not taken out of them."""

    item = models.ForeignKey("partnerships.AgendaItem", on_delete=models.PROTECT, related_name="papers")
    reference = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        db_table = "agenda_paper"
        constraints = [models.UniqueConstraint(fields=["item", "sha256"], name="paper_once")]
