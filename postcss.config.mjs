/** Mantine's breakpoints and light/dark helpers for our CSS modules. */
export default {
  plugins: {
    "postcss-preset-mantine": {},
  },
};
