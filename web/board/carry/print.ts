/** The board on one page of paper. */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import "./print.css";

/** Shows the browser's dialog for a picture; resolves when that was answered. */
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
		addEventListener("afterprint", () => resolve(), { once: true });
		window.print();
	});
}
