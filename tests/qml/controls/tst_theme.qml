import QtQuick
import QtTest
import Strop.Theme

/// Text in every colour reads well on every ground: a contrast of 4.5 at least (WCAG 2.1, 1.4.3), light and dark.
TestCase {
    name: "Theme"

    function cleanup() {
        Theme.dark = false;
        Theme.kiosk = false;
        Theme.textScale = 1;
        Theme.reducedMotion = false;
    }

    function linear(channel: real): real {
        return channel <= 0.03928 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
    function luminance(colour: var): real {
        const rgb = Qt.darker(colour, 1); // a color, whether it came as one or as a text
        return 0.2126 * linear(rgb.r) + 0.7152 * linear(rgb.g) + 0.0722 * linear(rgb.b);
    }
    function contrast(one: var, other: var): real {
        const lighter = Math.max(luminance(one), luminance(other)), darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }
    function verifyReads(text: var, ground: var, what: string) {
        const found = contrast(text, ground);
        verify(found >= 4.5, what + " has a contrast of " + found.toFixed(2));
    }

    function test_contrastIsThatOfTheDefinition() {
        fuzzyCompare(contrast("black", "white"), 21, 0.01);
        fuzzyCompare(contrast("#777777", "white"), 4.48, 0.01);
    }

    function schemes(): var {
        return [
            {
                tag: "light",
                dark: false
            },
            {
                tag: "dark",
                dark: true
            }
        ];
    }

    function test_textOnGrounds_data() {
        return schemes();
    }
    function test_textOnGrounds(scheme) {
        Theme.dark = scheme.dark;
        for (const text of ["ink", "muted", "accent", "good", "warn", "bad"]) {
            for (const ground of ["paper", "surface", "raised"])
                verifyReads(Theme[text], Theme[ground], text + " on " + ground);
        }
    }

    function test_textOnTheAccent_data() {
        return schemes();
    }
    function test_textOnTheAccent(scheme) {
        Theme.dark = scheme.dark;
        verifyReads(Theme.accentInk, Theme.accent, "accentInk on accent");
        verifyReads(Theme.paper, Theme.ink, "paper on ink");
    }

    function test_textOnStaffHues_data() {
        return schemes();
    }
    function test_textOnStaffHues(scheme) {
        Theme.dark = scheme.dark;
        compare(Theme.staffHues.length, 8);
        for (let i = 0; i < 8; ++i)
            verifyReads(Theme.ink, Theme.staffHue(i), "ink on hue " + i);
    }

    function test_staffHuesAreEightDifferentOnesAndGoRound() {
        compare(new Set(Theme.staffHues).size, 8);
        compare(new Set(Theme.staffStripes).size, 8);
        compare(Theme.staffHue(9), Theme.staffHue(1));
        compare(Theme.staffStripe(-1), Theme.staffStripe(0));
    }

    function test_theKioskIsReadFromAStepAway() {
        const desktop = Theme.fontBody;
        Theme.kiosk = true;
        verify(Theme.fontCaption >= 20, "nothing at the kiosk is below 20 px");
        verify(Theme.fontBody > desktop);
        verify(Theme.target >= 76, "20 mm at 96 dpi");
    }

    function test_textGrowsWithItsScaleAndSoDoesWhatHoldsIt() {
        const body = Theme.fontBody, target = Theme.target;
        Theme.textScale = 2;
        compare(Theme.fontBody, 2 * body);
        verify(Theme.target > target);
    }

    function test_motionEndsAtOnceWhereTheSystemAsksForLess() {
        verify(Theme.quick > 0 && Theme.calm > 0);
        Theme.reducedMotion = true;
        compare(Theme.quick, 0);
        compare(Theme.calm, 0);
    }
}
