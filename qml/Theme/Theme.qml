pragma Singleton
import QtQuick

/// Every colour, size and duration of both apps. Pages and controls use these names and no numbers of their own.
QtObject {
    id: theme

    /// What an app sets once at its start.
    property bool dark: false
    property bool kiosk: false
    property real textScale: 1.0
    property bool reducedMotion: false

    // Colours
    readonly property color paper: dark ? "#171513" : "#FAF8F5"
    readonly property color surface: dark ? "#211E1B" : "#FFFFFF"
    readonly property color raised: dark ? "#2A2622" : "#F5F2ED"
    readonly property color ink: dark ? "#F3EEE8" : "#1E1B18"
    readonly property color muted: dark ? "#A79D92" : "#6F675E"
    readonly property color line: dark ? "#37322D" : "#E7E1D9"
    readonly property color accent: dark ? "#E08A5B" : "#A84A24"
    readonly property color accentInk: dark ? "#1E1B18" : "#FFFFFF"
    readonly property color good: dark ? "#7CC49A" : "#2E7D4F"
    readonly property color warn: dark ? "#E0B35B" : "#8A5A00"
    readonly property color bad: dark ? "#F2938C" : "#B3261E"
    readonly property color scrim: dark ? "#B0000000" : "#66000000"
    readonly property color clear: "#00000000"

    /// Eight hues that stay apart for colour-blind eyes, after Okabe and Ito (2008), in tones that ink text reads well on.
    readonly property var staffHues: dark ? ["#5B4A2A", "#24485E", "#1F5245", "#5C5321", "#23405F", "#5E3826", "#573A50", "#43423F"]
                                          : ["#F7E3BC", "#CFE6F5", "#C6E8DC", "#F5EFBB", "#CADCF0", "#F6D5C3", "#EED6E6", "#E2DFDB"]

    /// The same hues strong enough for a thin stripe.
    readonly property var staffStripes: dark ? ["#E69F00", "#56B4E9", "#1FB48A", "#F0E442", "#5AA0DC", "#E8793A", "#D895BB", "#A8A49E"]
                                             : ["#B97F00", "#2C8FC7", "#00785A", "#9A8F00", "#00599C", "#B84A00", "#A2557F", "#6B6863"]

    function staffHue(index: int): color {
        return staffHues[Math.max(0, index) % staffHues.length];
    }
    function staffStripe(index: int): color {
        return staffStripes[Math.max(0, index) % staffStripes.length];
    }

    // Type. Inter; the kiosk is read from a step away.
    readonly property string fontFamily: "Inter"
    readonly property real fontCaption: (kiosk ? 20 : 12) * textScale
    readonly property real fontSmall: (kiosk ? 20 : 14) * textScale
    readonly property real fontBody: (kiosk ? 24 : 14) * textScale
    readonly property real fontLarge: (kiosk ? 28 : 16) * textScale
    readonly property real fontTitle: (kiosk ? 40 : 20) * textScale
    readonly property real fontDisplay: (kiosk ? 56 : 28) * textScale
    readonly property real fontHuge: (kiosk ? 72 : 40) * textScale

    // Space
    readonly property int hairline: 1
    readonly property int space4: 4
    readonly property int space8: 8
    readonly property int space12: 12
    readonly property int space16: 16
    readonly property int space24: 24
    readonly property int space32: 32
    readonly property int space48: 48
    readonly property int radius: 6
    readonly property int radiusLarge: 12
    readonly property int focusWidth: 2
    readonly property int stripe: 4

    // Sizes of things to hit: 20 mm at the kiosk's 96 dpi, a comfortable pointer target on the desktop.
    readonly property int target: Math.round((kiosk ? 76 : 36) * Math.max(1, (1 + textScale) / 2))
    readonly property int icon: Math.round((kiosk ? 36 : 20) * Math.max(1, (1 + textScale) / 2))

    /// Whether two columns of large tiles would cut their texts.
    readonly property bool largeText: textScale > 1.4
    readonly property int railWidth: Math.round(96 * Math.max(1, (1 + textScale) / 2))
    readonly property int sheetWidth: Math.round(400 * Math.max(1, (1 + textScale) / 2))
    readonly property int formWidth: Math.round((kiosk ? 720 : 420) * Math.max(1, (1 + textScale) / 2))
    readonly property int columnMin: Math.round(132 * Math.max(1, (1 + textScale) / 2))
    readonly property int gutter: Math.round(64 * textScale)

    /// Height of one minute in the day view.
    readonly property real minute: 1.6 * Math.max(1, (1 + textScale) / 2)

    // Motion
    readonly property int quick: reducedMotion ? 0 : 120
    readonly property int calm: reducedMotion ? 0 : 200

    /// A skeleton shows only when loading takes longer than this.
    readonly property int skeletonDelay: 150
    readonly property int toastTime: 6000
}
