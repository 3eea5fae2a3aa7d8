/** Icons of the board's tools and view. */
import type { IconPath } from "../icons.ts";

const rubber = "a2 2 0 0 1 2.8 0l4.2 4.2a2 2 0 0 1 0 2.8l-7 7H8.6l-4-4";
const corners = "M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4";

/** See above. */
export const boardIcons = {
	pointer: "M5 4l6 16 2.3-6.7L20 11z",
	eraser: `M4.6 14.4 13 6${rubber}a1.13 1.13 0 0 1 0-1.6zM9 10l7 7M12 20h8`,
	letters: "M5 8V5.5h14V8M12 5.5v13M9 18.5h6",
	note: "M5 4h14a1 1 0 0 1 1 1v9l-6 6H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM20 14h-5a1 1 0 0 0-1 1v5",
	shapes: "M4 4h9v9H4zM15.8 9.2a5.5 5.5 0 1 1-6.6 6.6",
	zoomFit: `M4 9V5a1 1 0 0 1 1-1h4${corners}M9 20H5a1 1 0 0 1-1-1v-4M9 9h6v6H9z`,
} as const satisfies Record<string, IconPath>;
