export const tagsOf = (tier: string): Record<string, string> => ({ tier });
