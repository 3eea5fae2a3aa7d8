/** How other devices reach this one: its addresses, and a QR code of one for a terminal. */
import type { NetworkInterfaceInfo } from "node:os";
import qrcode from "qrcode-generator";

/** What `os.networkInterfaces()` gives. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Networks of virtual machines and containers: nobody else is there. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|cni|podman)/;

/** The IPv4 addresses of this machine on its networks, those that others likely share first. */
export function networkAddresses(interfaces: Interfaces): string[] {
	const found: { readonly address: string; readonly rank: number }[] = [];
	for (const [name, infos] of Object.entries(interfaces)) {
		for (const { address, family, internal } of infos ?? []) {
			// 169.254.x.x is what a device calls itself where no network gave it an address.
			if (internal || family !== "IPv4" || address.startsWith("169.254.")) continue;
			found.push({ address, rank: rankOf(name, address) });
		}
	}
	return found.sort((one, other) => one.rank - other.rank).map(({ address }) => address);
}

function rankOf(name: string, address: string): number {
	if (virtual.test(name)) return 3;
	if (address.startsWith("192.168.")) return 0;
	return /^(10\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ? 1 : 2;
}

/**
 * A QR code of a text as lines of half blocks, two rows of squares a line. Light squares are drawn
 * and dark ones left out, as terminals are dark; `paint` sets both colours, for those that are not.
 */
export function terminalQr(text: string, { paint }: { readonly paint: boolean }): string {
	const code = qrcode(0, "L");
	code.addData(text, "Byte");
	code.make();
	const size = code.getModuleCount();
	const isLight = (row: number, column: number) =>
		row < 0 || column < 0 || row >= size || column >= size || !code.isDark(row, column);
	const lines: string[] = [];
	for (let row = -quietSquares; row < size + quietSquares; row += 2) {
		let line = "";
		for (let column = -quietSquares; column < size + quietSquares; column++) {
			line += halfBlock(isLight(row, column), isLight(row + 1, column));
		}
		lines.push(paint ? `${whiteOnBlack}${line}${asBefore}` : line);
	}
	return lines.join("\n");
}

/** Light squares around a code; the norm asks for four, cameras are content with two. */
const quietSquares = 2;
const whiteOnBlack = "\u001b[38;5;231;48;5;16m";
const asBefore = "\u001b[0m";

function halfBlock(isUpperLight: boolean, isLowerLight: boolean): string {
	if (isUpperLight) return isLowerLight ? "\u2588" : "\u2580";
	return isLowerLight ? "\u2584" : " ";
}

/** True where only this machine reaches what listens there. */
export function isLoopback(host: string): boolean {
	return /^(localhost|127\.|::1$)/.test(host);
}

/** What `openTo` asks for. */
export interface Openness {
	readonly host: string;
	readonly hasGuests: boolean;
	readonly roomMakers: "anyone" | "members";
	readonly signUp: "off" | "invite" | "open";
}

/** What who starts a server that others reach should know; null where nothing is open to them. */
export function openTo({ host, hasGuests, roomMakers, signUp }: Openness): string | null {
	if (isLoopback(host)) return null;
	if (hasGuests && roomMakers === "anyone") {
		return "Whoever reaches it can open rooms (WEFT_GUESTS=off is for members only).";
	}
	return signUp === "open" ? "Whoever reaches it can make an account (WEFT_SIGNUP=open)." : null;
}

/** What `--lan` prints behind the ready line. */
export function invitation(
	urls: readonly string[],
	{ paint }: { readonly paint: boolean },
): string {
	const [first, ...others] = urls;
	if (first === undefined) {
		return "No network was found: only this computer reaches it.\n";
	}
	const more = others.length === 0 ? "" : `Other networks:  ${others.join("  ")}\n`;
	return (
		`On the network:  ${first}\n${more}\n${terminalQr(first, { paint })}\n\n` +
		"Scan it with a phone or tablet on the same network.\n"
	);
}
