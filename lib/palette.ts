/** Sunup's colours, each from light to dark: for the interface (components/ui/theme.ts) and for mails. */

/** Marigold, the one colour that asks for a click. Filled shades carry ink text, never white. */
export const sun = [
  "#fff8e6",
  "#ffefc7",
  "#ffe094",
  "#ffcf61",
  "#fcbf3d",
  "#f8b02a",
  "#f5a31a",
  "#e58f06",
  "#8f5200",
  "#5f3500",
] as const;

/** Deep water: links, information, early pipeline stages. */
export const lake = [
  "#e9f5f8",
  "#d3ebf1",
  "#a9d8e4",
  "#79c2d4",
  "#4fabc2",
  "#1d7d97",
  "#0f6a83",
  "#0b5a70",
  "#0a4a5c",
  "#083846",
] as const;

/** Paper neutrals with a little warmth. */
export const gray = [
  "#f9f8f5",
  "#f1efea",
  "#e6e3dc",
  "#d7d3ca",
  "#bfbab0",
  "#8f8a80",
  "#67635b",
  "#4d4a44",
  "#35332f",
  "#211f1c",
] as const;

/** The night sky before sunrise: dark scheme surfaces and the sidebar in both schemes. */
export const dark = [
  "#e8ecef",
  "#cbd3d9",
  "#9dabb6",
  "#7d8c98",
  "#384753",
  "#28353f",
  "#1c2832",
  "#141e27",
  "#0e171e",
  "#090f14",
] as const;

export const red = [
  "#fdf0ee",
  "#fbdfdb",
  "#f5bab3",
  "#ef9489",
  "#ea7467",
  "#d0443a",
  "#c0362d",
  "#a82b23",
  "#8d241d",
  "#5f1813",
] as const;

export const green = [
  "#ebf7ef",
  "#d6eede",
  "#aedcbe",
  "#82c89b",
  "#5cb57e",
  "#2b8454",
  "#217546",
  "#1a633b",
  "#155030",
  "#0f3a23",
] as const;

export const violet = [
  "#f3f0fa",
  "#e6dff4",
  "#cbbde8",
  "#ad98da",
  "#9377cc",
  "#7656b4",
  "#68489f",
  "#573b88",
  "#472f70",
  "#332151",
] as const;

/** First light: the permitting stages. */
export const rose = [
  "#fbeff3",
  "#f6dfe7",
  "#ecbccd",
  "#e094b0",
  "#d57296",
  "#b3476f",
  "#a03c61",
  "#883252",
  "#702843",
  "#501c30",
] as const;

/** The colour of text. */
export const ink = "#17222b";
