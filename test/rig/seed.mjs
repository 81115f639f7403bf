import fc from 'fast-check';

// The gate is the same for everybody: properties run from one seed, and from another with TOLLGATE_SEED.
fc.configureGlobal({ seed: Number(process.env.TOLLGATE_SEED ?? 20261121) });
