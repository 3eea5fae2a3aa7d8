import { afterEach, expect, test, vi } from "vitest";
import {
	deviceMemory,
	isOurs,
	isPerson,
	Me,
	newcomer,
	shownOf,
	takenFor,
} from "../../../web/sync/me.ts";

const ann = { id: "g_ann", name: "Ann", color: "#1d63c9" };

afterEach(() => vi.unstubAllGlobals());

function stubStorage(storage: Partial<Storage>): void {
	vi.stubGlobal("localStorage", storage);
}

test("a person is remembered on the device", () => {
	const values = new Map<string, string>();
	const memory = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
	new Me(memory).set(ann);
	expect(new Me(memory).person).toEqual(ann);
});

test("another tab's change is heard once it is read", () => {
	let stored = JSON.stringify(ann);
	const me = new Me({ getItem: () => stored, setItem: () => undefined });
	const heard: string[] = [];
	me.onChange(({ name }) => heard.push(name));
	stored = JSON.stringify({ ...ann, name: "Annie" });
	me.readAgain();
	me.readAgain();
	expect(heard).toEqual(["Annie"]);
});

test("who signs out in one tab is known in no other, and is nobody then", () => {
	const values = new Map<string, string>();
	const memory = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
	expect(new Me(memory).readAgain()).toBe(true);
	const [one, other] = [new Me(memory), new Me(memory)];
	one.set(ann);
	expect(other.readAgain()).toBe(true);
	const heard: string[] = [];
	for (const tab of [one, other]) tab.onChange(({ id }) => heard.push(id));
	one.forget();
	expect(other.readAgain()).toBe(false);
	expect(heard).toEqual([]);
	const reloaded = new Me(memory);
	expect(reloaded.person).toBe(newcomer);
	expect(reloaded.readAgain()).toBe(true);
});

test.each([
	"no json",
	"{}",
	'{"id":1,"name":"x","color":"#000000"}',
	'{"id":"a","name":"b","color":"red"}',
])("a device that remembers %s remembers nobody", (stored) => {
	expect(new Me({ getItem: () => stored, setItem: () => undefined }).person).toEqual(newcomer);
});

test("a browser that forbids storage, or has none left, forgets and goes on", () => {
	stubStorage({
		getItem: () => {
			throw new Error("SecurityError");
		},
	});
	expect(deviceMemory()).toBeNull();
	const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
	stubStorage({
		getItem: () => null,
		setItem: () => {
			throw new Error("QuotaExceededError");
		},
	});
	const me = new Me(deviceMemory());
	me.set(ann);
	expect(me.person).toEqual(ann);
	expect(warn).toHaveBeenCalledOnce();
	warn.mockRestore();
});

test("an account that a server takes for a guest, or for nobody, is signed out there", () => {
	const taken = (ownId: string) =>
		["u_ann", "u_ben", "g_ann", "g_ben", "h_ann", "anyone"].map((id) => takenFor(id, ownId));
	const [us, other, out] = ["us", "another", "signedOut"];
	expect(taken("u_ann")).toEqual([us, other, out, out, other, out]);
	// Of a guest without a cookie a server knows nothing: that may be them.
	expect(taken("g_ann")).toEqual([other, other, us, other, other, us]);
	expect(taken("h_ann")).toEqual([other, other, other, other, us, us]);
	expect(taken("anyone")).toEqual([us, us, us, us, us, us]);
});

test("a stamp is known by all three of its parts", () => {
	expect(isPerson(ann)).toBe(true);
	expect(isPerson({ ...ann, color: "red" })).toBe(false);
	expect(isPerson(null)).toBe(false);
});

test("who signed in is remembered with whom they were, and others are told nothing of it", () => {
	const values = new Map<string, string>();
	const memory = {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value),
	};
	const member = { ...ann, id: "u_ann", isSignedIn: true, was: ["g_ann"] };
	const me = new Me(memory);
	me.set(ann);
	const heard: string[] = [];
	me.onChange(({ id }) => heard.push(id));
	me.set(member);
	me.set(member);
	expect(heard).toEqual(["u_ann"]);
	expect(new Me(memory).person).toEqual(member);
	expect(shownOf(me.person)).toEqual({ ...ann, id: "u_ann" });
	expect(["u_ann", "g_ann", "g_ben"].map((id) => isOurs(me.person, id))).toEqual([
		true,
		true,
		false,
	]);
	expect(isOurs(ann, "g_ann")).toBe(true);
});
