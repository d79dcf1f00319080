import {
  createTheme,
  type AnchorProps,
  type ButtonProps,
  type DrawerProps,
  type MenuProps,
  type ModalProps,
} from "@mantine/core";
import { dark, gray, green, ink, lake, red, rose, sun, violet } from "@/lib/palette";
import "./theme.css";

const dialogStyles = { title: { fontSize: "1.1875rem", fontWeight: 650 } };

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
