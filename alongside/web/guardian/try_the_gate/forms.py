"""What a guardian tries."""

from alongside.cli.scenarios import LARGEST
from alongside.web.design.fields import DateField, LongTextField, UploadField
from alongside.web.design.forms import Form


class ScenariosForm(Form):
    written = LongTextField(label="Situations", hint="YAML: a list named scenarios. Change the example, or paste your own. Nothing of it is kept.", rows=18, required=False, max_length=200_000, attributes={"spellcheck": "false"})
    file = UploadField(label="Or a file of them", required=False, largest_megabytes=LARGEST // 1_000_000)
    on = DateField(label="By the rules in force on", required=False, hint="Leave empty for today")

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        if not self.errors and not words.get("written") and not words.get("file"):
            self.add_error("written", "Write or paste a situation, or choose a file")
        return words
