/** A purge as a terminal tells of it. */
import type { PurgeOutlook } from "../../server/http/rooms/purge.ts";
import type { RoomName } from "../../shared/ids.ts";

/** What would go, and how to do it. */
export function tellOutlook(outlook: PurgeOutlook): string {
	const { room, title, photoCount, goneCount, pageCount } = outlook;
	const lines = [
		title === "" ? room : `${room} (${title})`,
		`  now      ${sayBytes(outlook.storedBytes)}: all that was written in it, and deleted`,
		`  then     ${sayBytes(outlook.cleanBytes)}: what people see`,
		`  photos   ${photoCount} stay, ${goneCount} in the bin would go`,
		`  pages    ${pageCount} open now would be told, and begin anew`,
		"Nothing was changed, and backups keep what they have. To do it:",
		`  npm run purge -- ${shellWord(room)} --yes`,
	];
	return `${lines.join("\n")}\n`;
}

/** How it was done. */
export interface HowPurged {
	/** False where not all is off the disk yet. */
	readonly isErased: boolean;
	/** True where a server did it. */
	readonly isServed: boolean;
}

/** What has gone. */
export function tellPurged(outlook: PurgeOutlook, { isErased, isServed }: HowPurged): string {
	const { room, storedBytes, cleanBytes, goneCount, pageCount } = outlook;
	const photos = `${goneCount} ${goneCount === 1 ? "photo" : "photos"} gone`;
	const pages = `${pageCount} open ${pageCount === 1 ? "page" : "pages"} told`;
	const became = `${sayBytes(storedBytes)} became ${sayBytes(cleanBytes)}`;
	return `purged ${room}: ${became}, ${photos}, ${pages}\n${whereNow(isErased, isServed)}`;
}

function whereNow(isErased: boolean, isServed: boolean): string {
	if (isServed) return "the server takes the old bytes off the disk now\n";
	if (isErased) return "the old bytes are off the disk\n";
	return "some of the old bytes are on the disk still: the next start takes them off\n";
}

/** In thousands, as disks are sold. */
function sayBytes(bytes: number): string {
	if (bytes < 1_000) return `${bytes} bytes`;
	if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** As a shell reads it as one word. */
function shellWord(room: RoomName): string {
	return /^[\w.,:@%+-]+$/.test(room) ? room : `'${room.replaceAll("'", "'\\''")}'`;
}
