// The one place that says how wide a lane is.
global using Lane = System.Runtime.Intrinsics.Vector256<double>;
global using LongLane = System.Runtime.Intrinsics.Vector256<long>;
global using Simd = System.Runtime.Intrinsics.Vector256;
