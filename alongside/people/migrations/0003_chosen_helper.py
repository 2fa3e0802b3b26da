import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_details'),
    ]

    operations = [
        migrations.AddField(
            model_name='representation',
            name='name',
            field=models.CharField(blank=True, default='', help_text='As whoever let them in knows them.', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='representation',
            name='parts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, help_text="What a helper whom the person chose may see, by the gate's categories.", size=None),
        ),
        migrations.AlterField(
            model_name='representation',
            name='limited_to',
            field=models.CharField(blank=True, help_text="What a deputy's order covers.", max_length=60),
        ),
    ]
