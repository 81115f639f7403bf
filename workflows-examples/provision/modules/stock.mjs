import { found, missing } from '@shop/replies';

const shelf = { bread: 12, cheese: 3, olives: 40 };

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const { name, wanted } = request.query;
  if (!Object.hasOwn(shelf, name)) return missing('such goods');
  return found({ name, left: shelf[name], enough: shelf[name] >= (Number(wanted) || 1) });
}
