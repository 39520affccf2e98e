import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from phdesk.views.dialogs.last_words import LEAVE, TRY, wants_another_try


@pytest.mark.parametrize(("text", "answer"), [(TRY, True), (LEAVE, False)])
def test_a_person_chooses_between_another_try_and_the_end(qapp, text, answer):
    told = []

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append((box.text(), box.informativeText()))
        next(one for one in box.buttons() if one.text() == text).click()

    QTimer.singleShot(0, press)
    assert wants_another_try("Not written.", "It is in use.") is answer
    assert told == [("Not written.", "It is in use.")]
