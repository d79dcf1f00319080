/**
 * True when the comment right above this line starts with `opening` and says why. It may run
 * over several lines.
 */
export function explainedAbove(sourceCode, line, opening) {
  const lines = new Map(sourceCode.getAllComments().map((each) => [each.loc.end.line, each]));
  let text = "";
  for (let above = lines.get(line - 1); above; above = lines.get(above.loc.start.line - 1)) {
    text = `${above.value.trim()} ${text}`;
    if (text.startsWith(opening)) return text.length > opening.length + MIN_REASON;
  }
  return false;
}

/** A shorter text is no reason. */
const MIN_REASON = 10;
