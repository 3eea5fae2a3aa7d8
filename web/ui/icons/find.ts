/** Icons of the bar that finds and replaces. */
import type { IconPath } from "../icons.ts";

/** See above. */
export const findIcons = {
	replace: "M4 8h11M12 4.5 15.5 8 12 11.5M20 16H9M12 12.5 8.5 16l3.5 3.5",
	chevronUp: "M6 14.5l6-6 6 6",
	chevronDown: "M6 9.5l6 6 6-6",
} as const satisfies Record<string, IconPath>;
