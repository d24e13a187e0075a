from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collective', '0002_local_territory'),
    ]

    operations = [
        migrations.AddField(
            model_name='organization',
            name='venues',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
