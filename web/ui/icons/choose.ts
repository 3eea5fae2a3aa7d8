/** Icons of what is done with chosen items of the board. */
import type { IconPath } from "../icons.ts";

/** See above. */
export const chooseIcons = {
	duplicate: "M9 8h10a1 1 0 0 1 1 1v11H9a1 1 0 0 1-1-1zM16 8V4H5a1 1 0 0 0-1 1v11h4",
	group: "M4 7V4h3M17 4h3v3M20 17v3h-3M7 20H4v-3M8 8h5v5H8zM13 11h3v5h-5v-3",
	ungroup: "M4 4h8v8H4zM16 12h4v8h-8v-4",
	order: "M12 3l8 4.5-8 4.5-8-4.5zM4 12l8 4.5 8-4.5M4 16.5 12 21l8-4.5",
	forward: "M12 20V5M6.5 10.5 12 5l5.5 5.5",
	backward: "M12 4v15M6.5 13.5 12 19l5.5-5.5",
	front: "M4 4h16M12 21V8M6.5 13.5 12 8l5.5 5.5",
	back: "M4 20h16M12 3v13M6.5 10.5 12 16l5.5-5.5",
	grid: "M4 9h16M4 15h16M9 4v16M15 4v16",
	unlock: "M6 11h13v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8zM8 11V8a4 4 0 0 1 7.6-1.7",
} as const satisfies Record<string, IconPath>;
