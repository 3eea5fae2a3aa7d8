/** Files that are dropped or pasted onto the board. */
import type { Point } from "../camera.ts";

/** What the board does with them. */
export interface FilePorts {
	/** False where nobody may put anything down. */
	readonly mayTake: () => boolean;
	/** True where what is pasted is meant for the board. */
	readonly isMeant: (event: Event) => boolean;
	/** Files are held over the board, or no longer. */
	readonly held: (isHeld: boolean) => void;
	/** At a point of the board, in CSS pixels; anywhere where there is none. */
	readonly take: (files: readonly File[], at?: Point) => void;
}

/** Listens on the board, and for what is pasted on the page, until the signal ends it. */
export function followFiles(board: HTMLElement, ports: FilePorts, signal: AbortSignal): void {
	const paste = (event: ClipboardEvent): void => {
		const files = [...(event.clipboardData?.files ?? [])];
		if (!ports.mayTake() || files.length === 0 || !ports.isMeant(event)) return;
		event.preventDefault();
		ports.take(files);
	};
	const over = (event: DragEvent): void => {
		if (!ports.mayTake() || !event.dataTransfer?.types.includes("Files")) return;
		event.preventDefault();
		event.dataTransfer.dropEffect = "copy";
		ports.held(true);
	};
	const leave = ({ relatedTarget }: DragEvent): void => {
		if (!(relatedTarget instanceof Node) || !board.contains(relatedTarget)) ports.held(false);
	};
	const drop = (event: DragEvent): void => {
		ports.held(false);
		const files = [...(event.dataTransfer?.files ?? [])];
		if (!ports.mayTake() || files.length === 0) return;
		event.preventDefault();
		const { left, top } = board.getBoundingClientRect();
		ports.take(files, { x: event.clientX - left, y: event.clientY - top });
	};
	window.addEventListener("paste", paste, { signal });
	board.addEventListener("dragover", over, { signal });
	board.addEventListener("dragleave", leave, { signal });
	board.addEventListener("drop", drop, { signal });
}
