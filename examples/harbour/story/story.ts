/** The story's letters, chapter by chapter. */
import type { Letter } from "../letter.ts";
import { friends } from "./c01-friends.ts";
import { storm } from "./c02-storm.ts";
import { award } from "./c03-award.ts";

export const story: readonly Letter[] = [...friends, ...storm, ...award];
