/** Puts a report on the disk. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "./content.ts";
import { renderPage } from "./page.ts";

/** Writes the page to a file, making the folders above it. What was there is replaced. */
export async function writeReport(path: string, page: Page): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, renderPage(page));
}

/** Both forms of a report. */
export interface ReportFiles {
	/** For people: `index.html`. */
	readonly page: Page;
	/** For machines: `report.json`. Numbers that JSON does not know become null. */
	readonly data: unknown;
}

/** Makes `folder` and writes `index.html` and `report.json` into it. */
export async function writeReportFolder(
	folder: string,
	{ page, data }: ReportFiles,
): Promise<{ readonly page: string; readonly data: string }> {
	const paths = { page: join(folder, "index.html"), data: join(folder, "report.json") };
	await writeReport(paths.page, page);
	await writeFile(paths.data, `${JSON.stringify(data, null, "\t")}\n`);
	return paths;
}
