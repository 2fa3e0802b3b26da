import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_second_step_reset'),
        ('partnerships', '0007_complaints'),
    ]

    operations = [
        migrations.AddField(
            model_name='ending',
            name='successor',
            field=models.ForeignKey(help_text="Who sees to what is left in the lead's place; none: the lead.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.practitioner'),
        ),
    ]
