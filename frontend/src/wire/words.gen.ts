export const WORDS: Record<string, string> = {}
