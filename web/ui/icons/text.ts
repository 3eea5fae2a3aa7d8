/** Icons of the document's row of tools. */
import { bigDot, type IconPath } from "../icons.ts";

/** See above. */
export const textIcons = {
	bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
	italic: "M10 5h7M7 19h7M14 5l-4 14",
	underline: "M7 4v7a5 5 0 0 0 10 0V4M5 20h14",
	strike:
		"M4 12h16M16.5 7.5C16 5.8 14.3 5 12 5 9.3 5 7.5 6.3 7.5 8.3M7 16c.5 2 2.3 3 5 3 2.8 0 4.8-1.3 4.8-3.5",
	listBulleted: `M9 6h11M9 12h11M9 18h11M4.5 6${bigDot}M4.5 12${bigDot}M4.5 18${bigDot}`,
	listNumbered:
		"M10 6h10M10 12h10M10 18h10M4 4.8 5.5 4v4M4 15.8c.2-1.3 2.5-1.2 2.5.2 0 1.2-2.5 1.9-2.5 3.5h2.6",
	listCheck: "M12 7h8M12 17h8M4 7l2 2 3.5-4M4 17l2 2 3.5-4",
	quote: "M9.5 7C7 7.5 5 9.5 5 13v4h5v-5H5.2M18.5 7C16 7.5 14 9.5 14 13v4h5v-5h-4.8",
	code: "M8.5 7 4 12l4.5 5M15.5 7l4.5 5-4.5 5",
	codeBlock:
		"M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM10 9l-3 3 3 3M14 9l3 3-3 3",
	indent: "M4 5h16M11 10h9M11 14h9M4 19h16M4 9.5 7 12l-3 2.5",
	outdent: "M4 5h16M11 10h9M11 14h9M4 19h16M7 9.5 4 12l3 2.5",
	alignCenter: "M4 6h16M7.5 12h9M5.5 18h13",
	alignRight: "M4 6h16M11 12h9M7 18h13",
	rightToLeft: "M11 4v11M15 4v11M18 4H9.5a3.5 3.5 0 0 0 0 7H11M20 19H5M8 16.5 5 19l3 2.5",
	clearFormat: "M6 5h12M12 5l-2.5 10M5 20h8M15 15l5 5M20 15l-5 5",
	link: "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
} as const satisfies Record<string, IconPath>;
