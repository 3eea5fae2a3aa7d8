import { expect, test } from "vitest";
import type { Login } from "../../../server/auth/accounts.ts";
import { everybodyIn } from "../../../server/gateway/here.ts";
import { probeRoom, type UserId } from "../../../shared/ids.ts";
import { roomNamed } from "../../fixtures/stored.ts";

const guest = (id: string, name: string) => ({ id: id as UserId, name, color: "#0b6b5d" });
const [garden, shed] = [roomNamed("garden"), roomNamed("shed")];

test("somebody with several tabs is one person, with all their rooms", () => {
	const ben = { guest: guest("g_ben", "Ben"), login: null };
	const people = everybodyIn([
		{ ...ben, room: garden },
		{ ...ben, room: garden },
		{ ...ben, room: shed },
	]);
	expect(people).toEqual([
		{
			...guest("g_ben", "Ben"),
			...{ isSignedIn: false, isAdmin: false, rooms: [garden, shed], socketCount: 3 },
		},
	]);
});

test("who signed in is told from guests, and who runs the server from both", () => {
	const login = (isAdmin: boolean) => ({ isAdmin }) as Login;
	const people = everybodyIn([
		{ guest: guest("u_ada", "Ada"), login: login(false), room: garden },
		{ guest: guest("u_olga", "Olga"), login: login(true), room: garden },
	]);
	expect(people.map(({ isSignedIn, isAdmin }) => [isSignedIn, isAdmin])).toEqual([
		[true, false],
		[true, true],
	]);
});

test("clients without a sign are one, and who is in no room yet is none", () => {
	const people = everybodyIn([
		{ guest: null, login: null, room: garden },
		{ guest: null, login: null, room: shed },
		{ guest: guest("g_ben", "Ben"), login: null, room: null },
		{ guest: guest("g_cleo", "Cleo"), login: null, room: probeRoom },
	]);
	expect(people).toMatchObject([{ id: "anyone", name: "", rooms: [garden, shed], socketCount: 2 }]);
});
