/** Clerk's own components (the account page) in Sunup's look; the tokens follow light and dark. */
export const clerkAppearance = {
  variables: {
    colorPrimary: "var(--mantine-color-anchor)",
    colorPrimaryForeground: "var(--sunup-surface)",
    colorBackground: "var(--sunup-surface)",
    colorForeground: "var(--mantine-color-text)",
    colorMutedForeground: "var(--mantine-color-dimmed)",
    colorMuted: "var(--sunup-hover)",
    colorNeutral: "var(--mantine-color-text)",
    colorInput: "var(--mantine-color-default)",
    colorInputForeground: "var(--mantine-color-text)",
    colorRing: "var(--sunup-focus)",
    colorDanger: "var(--mantine-color-error)",
    colorSuccess: "var(--mantine-color-success)",
    fontFamily: "var(--mantine-font-family)",
    fontFamilyButtons: "var(--mantine-font-family)",
    borderRadius: "var(--mantine-radius-md)",
  },
  elements: {
    // Marigold asks for the click here as everywhere, with ink on it.
    formButtonPrimary: {
      background: "var(--mantine-color-sun-filled)",
      color: "var(--mantine-color-black)",
      boxShadow: "none",
      "&:hover, &:focus": { background: "var(--mantine-color-sun-filled-hover)" },
    },
  },
};
