import assert from 'node:assert';
import { test } from 'node:test';
import { total } from '../src/shop.mjs';

test('a total', () => assert.equal(total([{ price: 2, amount: 3 }]), 6));
