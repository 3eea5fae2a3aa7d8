/**
 * The icons, drawn for Weft: one path each in a box of 24, stroke 1.75, round ends. A point is a
 * line of no length. They take the colour of the text and the size `--icon`, 20 px by default.
 */
import { html, type TemplateResult } from "lit";

/** A point. */
export const dot = "h.01";
/** One that is seen from further away. */
export const bigDot = "m-.6 0a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0";

const paths = {
	pen: "M5 16 4 20l4-1L19.5 7.5a2.12 2.12 0 0 0-3-3zM14.5 6.5l3 3M13 20h7",
	hand: "M7 12.5v-5.5a1.5 1.5 0 0 1 3 0v4M10 11V5a1.5 1.5 0 0 1 3 0v6M13 11V6a1.5 1.5 0 0 1 3 0v6M16 12V9a1.5 1.5 0 0 1 3 0v6a6 6 0 0 1-6 6h-.8a6 6 0 0 1-5-2.7l-3-4.6a1.6 1.6 0 0 1 2.6-1.9L7 13",
	undo: "M8 4 4 8l4 4M4 8h10a5.5 5.5 0 0 1 0 11H9",
	redo: "M16 4l4 4-4 4M20 8H10a5.5 5.5 0 0 0 0 11h5",
	trash:
		"M4 7h16M9 7V5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2M6 7l.9 12.1a1 1 0 0 0 1 .9h8.2a1 1 0 0 0 1-.9L18 7M10 11v5M14 11v5",
	image:
		"M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM9 7.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM4 17l5-4.5 3.5 3L16 12l4 4",
	share:
		"M12 15V4M8 7.5 12 3.5l4 4M7 11H6a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7a1 1 0 0 0-1-1h-1",
	chat: "M5 4h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-7l-5 4v-4H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
	document:
		"M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5M8.5 12.5h7M8.5 16.5h5",
	board:
		"M5 4h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7.5 12.5c1-4 2.8-5 3.3-3s1.2 2 2.2.5 2-1.8 3.5 0M10 16l-2 4M14 16l2 4",
	photos:
		"M8 4h11a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7 13.5l4-3.5 3 2.5 2.5-2 3.5 3M4 8v11a1 1 0 0 0 1 1h11",
	close: "M6 6l12 12M18 6 6 18",
	back: "M19 12H5M11 6l-6 6 6 6",
	search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.2 15.2 20 20",
	check: "M5 12.5 9.5 17 19 7.5",
	warning: `M12 4.5 20.5 19h-17zM12 10v4M12 16.5${dot}`,
	offline:
		"M4 4l16 16M7.8 9A5 5 0 0 0 7 10.2 4.4 4.4 0 0 0 7.5 19H17M11 7.1a5.5 5.5 0 0 1 6.5 4.4 3.8 3.8 0 0 1 2.7 5.3",
	more: `M5 12${bigDot}M12 12${bigDot}M19 12${bigDot}`,
	sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4",
	moon: "M20 14.3A8.5 8.5 0 0 1 9.7 4 8.5 8.5 0 1 0 20 14.3z",
	contrast:
		"M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 3.5v17M12 8h6.5M12 12h8.5M12 16h6.5",
	columns: "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM12 4v16",
	plus: "M12 5v14M5 12h14",
	minus: "M5 12h14",
	retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4L20 9M20 4v5h-5",
	lock: "M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8 11V8a4 4 0 0 1 8 0v3",
	globe:
		"M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17",
	eye: "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
	help: `M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.5 9.7c.2-3 5-2.8 5 .1 0 1.8-2.5 2-2.5 4M12 16.7${dot}`,
} as const;

/** An icon that only some pages need: it comes with them (`icons/`). */
export type IconPath = `M${string}`;

/** The name of an icon, or one of those that come later. */
export type IconName = keyof typeof paths | IconPath;

function pathOf(name: IconName): string {
	return name in paths ? paths[name as keyof typeof paths] : name;
}

/** An icon in a Lit template. It says nothing to a screen reader: name the control that holds it. */
export function icon(name: IconName): TemplateResult {
	return html`<svg class="weft-icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${pathOf(name)} /></svg>`;
}

const svgSpace = "http://www.w3.org/2000/svg";

/** The same as an element, for code that draws without Lit. */
export function iconElement(name: IconName): SVGSVGElement {
	const image = document.createElementNS(svgSpace, "svg");
	image.classList.add("weft-icon");
	image.setAttribute("viewBox", "0 0 24 24");
	image.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(svgSpace, "path");
	path.setAttribute("d", pathOf(name));
	image.append(path);
	return image;
}
