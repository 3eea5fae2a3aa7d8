/** Icons of photos: taking them, and looking from one to the next. */
import type { IconPath } from "../icons.ts";

/** See above. */
export const photoIcons = {
	camera:
		"M4 8a1 1 0 0 1 1-1h2.5l1.4-2.2a1 1 0 0 1 .8-.5h4.6a1 1 0 0 1 .8.5L16.5 7H19a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
	chevronLeft: "M14.5 6l-6 6 6 6",
	chevronRight: "M9.5 6l6 6-6 6",
	play: "M8 5v14l11-7z",
	pause: "M9 5v14M15 5v14",
} as const satisfies Record<string, IconPath>;
