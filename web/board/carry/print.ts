/** The board on one page of paper. */
import type { Millis } from "../../../shared/clock.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import "./print.css";

/** A browser that prints begins within this; one that may not, as in a frame, does not say so. */
const beginMsMax: Millis = 5_000;

/** Shows the browser's dialog for a picture; resolves when that was answered, or does not come. */
export async function printPicture(picture: Blob, box: Bounds): Promise<void> {
	const sheet = document.createElement("div");
	const isWide = box.maxX - box.minX > box.maxY - box.minY;
	sheet.className = `weft-print ${isWide ? "weft-print--wide" : ""}`;
	const image = new Image();
	image.alt = "";
	image.src = URL.createObjectURL(picture);
	sheet.append(image);
	document.body.append(sheet);
	try {
		await image.decode();
		await printed();
	} finally {
		sheet.remove();
		URL.revokeObjectURL(image.src);
	}
}

/** Where a browser does not wait in `print`, as on phones, the event tells when it has the page. */
function printed(): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, beginMsMax);
		addEventListener("beforeprint", () => clearTimeout(timer), { once: true });
		addEventListener("afterprint", () => resolve(), { once: true });
		window.print();
	});
}
