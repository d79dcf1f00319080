import {
  createTheme,
  type AnchorProps,
  type ButtonProps,
  type DrawerProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
} from "@mantine/core";
import "./theme.css";

/** Marigold, the one colour that asks for a click. Filled shades carry ink text, never white. */
const sun: MantineColorsTuple = [
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
];

/** Deep water: links, information, early pipeline stages. */
const lake: MantineColorsTuple = [
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
];

/** Paper neutrals with a little warmth. */
const gray: MantineColorsTuple = [
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
];

/** The night sky before sunrise: dark scheme surfaces and the sidebar in both schemes. */
const dark: MantineColorsTuple = [
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
];

const red: MantineColorsTuple = [
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
];

const green: MantineColorsTuple = [
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
];

const violet: MantineColorsTuple = [
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
];

/** First light: the permitting stages. */
const rose: MantineColorsTuple = [
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
];

const dialogStyles = { title: { fontSize: "1.1875rem", fontWeight: 650 } };

const ink = "#17222b";
const sans =
  "var(--font-geist-sans), ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif";
const mono = "var(--font-geist-mono), ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

/**
 * Sunup's look for Mantine. The scheme-dependent values that Mantine derives (links, errors,
 * placeholders, focus rings) are corrected for contrast in theme.css, which comes with this import.
 */
export const theme = createTheme({
  black: ink,
  primaryColor: "sun",
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  colors: { sun, lake, gray, dark, red, green, violet, rose },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: {
    fontFamily: sans,
    fontWeight: "650",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.2" },
      h2: { fontSize: "1.3125rem", lineHeight: "1.3" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
      h4: { fontSize: "0.9375rem", lineHeight: "1.45" },
    },
  },
  radius: { xs: "4px", sm: "6px", md: "9px", lg: "14px", xl: "24px" },
  defaultRadius: "md",
  shadows: {
    xs: "0 1px 2px rgba(23, 34, 43, 0.06)",
    sm: "0 1px 2px rgba(23, 34, 43, 0.06), 0 2px 6px rgba(23, 34, 43, 0.05)",
    md: "0 2px 4px rgba(23, 34, 43, 0.05), 0 8px 24px rgba(23, 34, 43, 0.1)",
    lg: "0 4px 8px rgba(23, 34, 43, 0.06), 0 16px 40px rgba(23, 34, 43, 0.14)",
  },
  cursorType: "pointer",
  respectReducedMotion: true,
  // Plain objects, not Component.extend(): the theme must not pull every component into every page.
  components: {
    Menu: { defaultProps: { shadow: "md" } satisfies Partial<MenuProps> },
    Anchor: { defaultProps: { underline: "hover" } satisfies Partial<AnchorProps> },
    Button: { styles: { label: { fontWeight: 600 } } satisfies ButtonProps["styles"] },
    Drawer: {
      defaultProps: {
        position: "right",
        overlayProps: { backgroundOpacity: 0.45 },
      } satisfies Partial<DrawerProps>,
      styles: dialogStyles,
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: "lg",
        overlayProps: { backgroundOpacity: 0.45 },
      } satisfies Partial<ModalProps>,
      styles: dialogStyles,
    },
  },
});
