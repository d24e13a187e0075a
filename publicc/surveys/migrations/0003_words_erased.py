from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0002_brought_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='words_erased',
            field=models.BooleanField(default=False),
        ),
    ]
