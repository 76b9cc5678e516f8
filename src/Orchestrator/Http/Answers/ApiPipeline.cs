using SagaOrchestrator.Http.Access;
using SagaOrchestrator.Http.Problems;
using SagaOrchestrator.Http.Requests;

namespace SagaOrchestrator.Http.Answers;

/// <summary>
/// What is around every route of the API, and around no other of the host: limits, the door, the deadline of reads, compression, and words
/// for what fails. It is a part of the endpoint, so it is the same in whatever application, group or order of middleware the API is mapped.
/// </summary>
internal static class ApiPipeline
{
    public static RouteGroupBuilder MapOwn(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(string.Empty);
        ((IEndpointConventionBuilder)own).Finally(Surround);
        return own;
    }

    private static void Surround(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RequestDelegate: { } handler } route)
        {
            var own = ApiRoute.Of(route);
            endpoint.Metadata.Add(own);
            var answer = HeadOfGet.Add(route) ? Compression.Around(handler, route.ApplicationServices) : handler;
            endpoint.RequestDelegate = http => Handle(http, own, answer);
        }
    }

    private static async Task Handle(HttpContext http, ApiRoute route, RequestDelegate handler)
    {
        HttpLimits.Apply(http);
        CachingHeaders.Apply(http, route);
        AnswerHeaders.Promise(http);
        if (CrossOrigin.Answers(http, http.RequestServices.GetRequiredService<AccessSettings>()))
        {
            return;
        }

        await Answer(http, handler);
        if (BareAnswers.IsBare(http.Response))
        {
            await BareAnswers.Fill(http);
        }

        http.RequestServices.GetRequiredService<RefusalLog>().Write(http);
    }

    private static async Task Answer(HttpContext http, RequestDelegate handler)
    {
        try
        {
            if (await Objection(http) is { } problem)
            {
                await problem.ExecuteAsync(http);
                return;
            }

            await ReadDeadline.Run(http, handler);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await http.RequestServices.GetRequiredService<UnexpectedFailure>().Answer(http, exception);
        }
    }

    // Who is not let in is told nothing else.
    private static async Task<ProblemAnswer?> Objection(HttpContext http) =>
        RequestDoor.TooLarge(http)
        ?? await http.RequestServices.GetRequiredService<Admission>().Objection(http)
        ?? RequestDoor.Objection(http);
}
