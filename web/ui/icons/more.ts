/** Icons that no page begins with: they come with what is shown later, or beside the first. */
import { dot, type IconPath } from "../icons.ts";

/** See above. */
export const moreIcons = {
	pencil: "M5 16 4 20l4-1L19.5 7.5a2.12 2.12 0 0 0-3-3zM14.5 6.5l3 3",
	upload: "M12 15V4M7.5 8.5 12 4l4.5 4.5M5 20h14",
	people:
		"M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20v-1a5 5 0 0 1 5-5h2a5 5 0 0 1 5 5v1M15.5 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3A5 5 0 0 1 21 19v1",
	download: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14",
	send: "M20 4 10.5 13.5M20 4l-5.5 16-4-6.5L4 9.5z",
	reply: "M9.5 6 4 11.5 9.5 17M4 11.5h9.5a6 6 0 0 1 6 6V19",
	arrowUp: "M12 19V5M6 11l6-6 6 6",
	arrowDown: "M12 5v14M6 13l6 6 6-6",
	mute: "M5 4h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-7l-5 4v-4H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM3 2l18 19",
	copy: "M9 8h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM4 15V5a1 1 0 0 1 1-1h10",
	info: `M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11.5V16M12 8.2${dot}`,
	cloud: "M7.5 19a4.4 4.4 0 0 1-.5-8.8 5.5 5.5 0 0 1 10.5 1.3A3.8 3.8 0 0 1 17 19z",
	device: `M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM12 17.5${dot}`,
	clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
} as const satisfies Record<string, IconPath>;
