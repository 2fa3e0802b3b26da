import django.db.models.deletion
from django.db import migrations, models

FROM_THE_ENTRIES = """
SET ROLE alongside_definer;
UPDATE entry_subject s SET written_at = e.written_at, author_id = e.author_id, author_person_id = e.author_person_id FROM entry e WHERE e.id = s.entry_id;
RESET ROLE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_second_step_reset'),
        ('people', '0002_details'),
        ('records', '0005_files_of_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='entrysubject',
            name='author',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.practitioner'),
        ),
        migrations.AddField(
            model_name='entrysubject',
            name='author_person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='entrysubject',
            name='written_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(FROM_THE_ENTRIES, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='entrysubject',
            name='written_at',
            field=models.DateTimeField(),
        ),
    ]
