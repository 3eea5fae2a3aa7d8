/** Files that are dropped beside what takes them: the browser would leave the room for them. */
import type { Cancel } from "../../shared/clock.ts";

/** What takes files by itself, or hands them to what does. */
const takers = 'input[type="file"], [contenteditable="true"]';

/** Refuses files that nobody on the page has taken, until cancelled. */
export function refuseStrayFiles(): Cancel {
	const refuse = (event: DragEvent): void => {
		const { dataTransfer: data, target } = event;
		if (event.defaultPrevented || data?.types.includes("Files") !== true) return;
		if (target instanceof Element && target.closest(takers) !== null) return;
		event.preventDefault();
		data.dropEffect = "none";
	};
	addEventListener("dragover", refuse);
	addEventListener("drop", refuse);
	return () => {
		removeEventListener("dragover", refuse);
		removeEventListener("drop", refuse);
	};
}
