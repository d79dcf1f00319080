import dynamic from "next/dynamic";

/** The dialog about a move that was held back: loaded when the first one is. */
export const GateDialog = dynamic(() => import("./GateDialog").then((m) => m.GateDialog));
