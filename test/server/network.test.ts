import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { invitation, networkAddresses, openTo, terminalQr } from "../../server/network.ts";

const at = (address: string, part: Partial<NetworkInterfaceInfo> = {}) =>
	({ address, family: "IPv4", internal: false, ...part }) as NetworkInterfaceInfo;

test("the address that others likely share is first; what nobody can reach is left out", () => {
	const addresses = networkAddresses({
		lo: [at("127.0.0.1", { internal: true })],
		docker0: [at("172.17.0.1")],
		tun0: [at("100.64.0.9")],
		eth0: [at("10.1.2.3"), at("fe80::1", { family: "IPv6" })],
		wlan0: [at("192.168.1.5")],
		usb0: [at("169.254.8.8")],
		gone: undefined,
	});
	expect(addresses).toEqual(["192.168.1.5", "10.1.2.3", "100.64.0.9", "172.17.0.1"]);
});

/** The squares of a code drawn in half blocks: true for dark ones. */
function squares(drawn: string): boolean[][] {
	return drawn.split("\n").flatMap((line) => {
		const letters = Array.from(line);
		return [
			letters.map((letter) => letter === " " || letter === "▄"),
			letters.map((letter) => letter === " " || letter === "▀"),
		];
	});
}

test("a QR code in a terminal has three eyes and light all around", () => {
	const drawn = squares(terminalQr("http://192.168.1.5:1234", { paint: false }));
	const size = 25; // Version 2: up to 32 letters.
	const quiet = 2;
	expect(drawn[0]).toHaveLength(size + 2 * quiet);
	const isDark = (row: number, column: number) => drawn[row + quiet]?.[column + quiet];
	for (let column = -quiet; column < size + quiet; column++) {
		expect([isDark(-1, column), isDark(size, column)]).toEqual([false, false]);
	}
	for (const [top, left] of [
		[0, 0],
		[0, size - 7],
		[size - 7, 0],
	] as const) {
		const eye = [0, 1, 2, 3, 4, 5, 6].map((row) =>
			[0, 1, 2, 3, 4, 5, 6].map((column) => (isDark(top + row, left + column) ? "#" : ".")),
		);
		expect(eye.map((row) => row.join(""))).toEqual([
			"#######",
			"#.....#",
			"#.###.#",
			"#.###.#",
			"#.###.#",
			"#.....#",
			"#######",
		]);
	}
});

test("a painted code has the same squares, each line in its own colours", () => {
	const plain = terminalQr("http://10.0.0.1:1234", { paint: false });
	const painted = terminalQr("http://10.0.0.1:1234", { paint: true });
	const colours = /\p{Cc}\[[\d;]*m/gu;
	expect(painted.replace(colours, "")).toBe(plain);
	expect(painted.match(colours)).toHaveLength(2 * plain.split("\n").length);
});

test("who starts it reads every address, and the likeliest as a code", () => {
	const urls = ["http://192.168.1.5:1234", "http://10.1.2.3:1234"];
	const text = invitation(urls, { paint: false });
	expect(text).toContain("On the network:  http://192.168.1.5:1234\n");
	expect(text).toContain("Other networks:  http://10.1.2.3:1234\n");
	expect(text).toContain(terminalQr("http://192.168.1.5:1234", { paint: false }));
	expect(invitation([], { paint: false })).toMatch(/^No network was found/);
});

test("who lets others reach a server is told what is open to them", () => {
	const server = { host: "0.0.0.0", hasGuests: true, roomMakers: "anyone", signUp: "off" } as const;
	expect(openTo(server)).toContain("WEFT_GUESTS");
	expect(openTo({ ...server, hasGuests: false })).toBeNull();
	expect(openTo({ ...server, roomMakers: "members" })).toBeNull();
	expect(openTo({ ...server, hasGuests: false, signUp: "invite" })).toBeNull();
	expect(openTo({ ...server, hasGuests: false, signUp: "open" })).toContain("WEFT_SIGNUP");
	for (const host of ["localhost", "127.0.0.1", "::1"]) {
		expect(openTo({ ...server, host, signUp: "open" })).toBeNull();
	}
});
