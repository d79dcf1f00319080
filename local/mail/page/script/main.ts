import { markChosen, refresh } from "./list.ts";
import { showChosen } from "./reader.ts";

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
window.addEventListener("hashchange", () => {
  markChosen();
  void showChosen();
});
void refresh();
void showChosen();
