/** Icons of the menu of a page. */
import type { IconPath } from "../icons.ts";

/** See above. */
export const pageIcons = {
	contents: "M4 6h11M7.5 12h12M7.5 18h9",
	highlighter: "M4 20h6M14.5 5 19 9.5 11 17H7v-4zM12 7.5l4.5 4.5",
	print:
		"M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z",
} as const satisfies Record<string, IconPath>;
