import QtQuick
import Strop.Test

/// Who it is for: the fields, and the keys in the window.
Item {
    id: root

    width: 1080
    height: 1080

    KioskTestCase {
        name: "DetailsPage"
        stage: root

        function test_confirmingWaitsForNameAndPhone() {
            openDetails();
            verify(!item("confirm").enabled);
            compare(item("confirm").text, "What is your name?");
            tapLetters("eva");
            tap("phoneInput");
            tapLetters("600");
            verify(!item("confirm").enabled);
            tapLetters("111");
            verify(item("confirm").enabled);
            compare(item("confirm").text, "Book it");
        }

        function test_theButtonLeadsFromTheNameToThePhone() {
            openDetails();
            tapLetters("eva");
            compare(item("confirm").text, "Next");
            tap("confirm");
            verify(holdsFocus("phone"));
            item("key-7");
        }

        function test_theKeysErase() {
            openDetails();
            tapLetters("evan");
            tap("key-erase-letter");
            compare(item("name").text, "Eva");
            tap("phoneInput");
            tapLetters("12");
            tap("key-erase");
            compare(item("phone").text, "1");
        }

        function test_aNewWordBeginsWithACapital() {
            openDetails();
            tapLetters("eva ruiz");
            compare(item("name").text, "Eva Ruiz");
        }

        function test_theKeysNeverTypeMoreThanTheFieldShows() {
            openDetails();
            tap("phoneInput");
            for (let i = 0; i < 25; ++i)
                tap("key-1");
            compare(item("phone").text.length, 20);
            compare(flow.phone, item("phone").text);
        }

        function test_theKeysDoNotCoverTheField() {
            openDetails();
            for (const [field, key] of [["nameInput", "key-q"], ["phoneInput", "key-1"]]) {
                tap(field);
                waitForRendering(stage, 100);
                const below = item(field).mapToItem(stage, 0, item(field).height).y;
                verify(item(key).mapToItem(stage, 0, 0).y >= below, field);
            }
        }
    }
}
