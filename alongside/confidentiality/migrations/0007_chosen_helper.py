import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_second_step_reset'),
        ('confidentiality', '0006_letting_in'),
        ('people', '0003_chosen_helper'),
    ]

    operations = [
        migrations.AddField(
            model_name='lettingin',
            name='parts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, help_text="Of a helper: what they may see, by the gate's categories.", size=None),
        ),
        migrations.AddField(
            model_name='lettingin',
            name='until',
            field=models.DateField(help_text='Of a helper: their last day.', null=True),
        ),
        migrations.AlterField(
            model_name='lettingin',
            name='asked_by',
            field=models.ForeignKey(help_text='None: the person themself, for a helper.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.practitioner'),
        ),
        migrations.RemoveConstraint(
            model_name='lettingin',
            name='let_in_by_a_second',
        ),
        migrations.AddConstraint(  # written anew, because whoever asked may now be nobody at work
            model_name='lettingin',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='let_in_by_a_second'),
        ),
        migrations.AlterField(
            model_name='lettingin',
            name='seen',
            field=models.TextField(blank=True, help_text='What was seen that shows who they are, and by what right they act. Empty where the person themself asks for a helper.'),
        ),
        migrations.RemoveConstraint(model_name='lettingin', name='let_in_by_a_second'),
        migrations.AddConstraint(  # written anew, because nobody at work may have asked
            model_name='lettingin',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='let_in_by_a_second'),
        ),
        migrations.AddConstraint(
            model_name='lettingin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stands', 'helper'), _negated=True), models.Q(('until__isnull', False), models.Q(('parts', []), _negated=True)), _connector='OR'), name='helper_for_parts_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='lettingin',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', False), ('stands', 'helper'), _connector='OR'), name='a_person_asks_for_a_helper_only'),
        ),
    ]
