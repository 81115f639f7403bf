import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  return found({ user: request.user, since: 2024 });
}
