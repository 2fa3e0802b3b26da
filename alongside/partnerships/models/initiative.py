from django.db import models

from alongside.partnerships.facts import Level, Mandate
from alongside.partnerships.models.said import Said


class Initiative(Said):
    """Why a partnership starts: who set it going, because of what, and until when that reason holds. A later row takes the place of the former."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="initiatives")
    template = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Level])
    mandate = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Mandate])
    driver = models.TextField()
    source = models.TextField(blank=True)
    driver_ends = models.DateField(null=True)

    class Meta:
        db_table = "initiative"


class Post(Said):
    """An office that this kind of partnership must have, and who holds it."""

    partnership = models.ForeignKey("partnerships.Partnership", on_delete=models.PROTECT, related_name="posts")
    post = models.CharField(max_length=40)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    holder = models.CharField(max_length=120, help_text="A name and title: some are independent and work for no partner.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_post"
