import { found } from '@shop/replies';

const names = ['bread', 'cheese', 'olives'];

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  return found({ hits: names.filter((name) => name.includes(request.query.text)) });
}
